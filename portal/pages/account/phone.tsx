/** `/phone#id`: what the scanned code opens on a phone that is signed in; its person compares two digits and approves. */
import "./area.ts";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { approvePhone, askedPhone } from "../../api/account.ts";
import { useSession } from "../../api/session.ts";
import { Card, Empty, Facts } from "../../ui/card.tsx";
import { TextField } from "../../ui/fields.tsx";
import { PublicShell, useTitle } from "../../ui/shell.tsx";
import { useWords } from "../../words/index.ts";
import { sentenceOf } from "./entered.ts";

function Approve({ id, origin }: { readonly id: string; readonly origin: string }) {
  const t = useWords();
  const [digits, setDigits] = useState("");
  const [done, setDone] = useState(false);
  const [error, setError] = useState<unknown>(undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    approvePhone(id, digits).then(() => setDone(true), setError);
  };
  if (done)
    return (
      <p className="bold" role="status">
        {t("phone.done")}
      </p>
    );
  return (
    <Card title={t("phone.lead")}>
      <form className="form" onSubmit={submit}>
        <Facts
          tinted
          rows={[
            [
              t("phone.where"),
              <span key="where" className="mono phone-address">
                {origin}
              </span>,
            ],
          ]}
        />
        <TextField label={t("phone.digits")} needed inputMode="numeric" value={digits} onChange={setDigits} />
        <p>
          <button className="button primary large" type="submit" disabled={!/^[0-9]{2}$/.test(digits)}>
            {t("phone.approve")}
          </button>
        </p>
        <p className="small second">{t("phone.notYou")}</p>
        {error !== undefined && (
          <p className="is-refused small" role="alert">
            {sentenceOf(error, t("phone.none"))}
          </p>
        )}
      </form>
    </Card>
  );
}

export function PhonePage() {
  const t = useWords();
  useTitle(t("phone.title"));
  const { me, known } = useSession();
  const id = location.hash.slice(1);
  const asked = useQuery({
    queryKey: ["phone", id],
    queryFn: ({ signal }) => askedPhone(id, signal),
    enabled: me !== undefined && id !== "",
    retry: false,
  });
  const nothing = <Empty title={t("phone.none")} text={t("phone.noneText")} />;
  return (
    <PublicShell>
      <h1 className="page-title" style={{ margin: "24px 0 16px" }}>
        {t("phone.title")}
      </h1>
      {known && !me ? (
        <section className="card">
          <Empty title={t("phone.first")} text={t("phone.noneText")} act={<Link to="/sign-in">{t("in.title")}</Link>} />
        </section>
      ) : asked.data ? (
        <Approve id={id} origin={asked.data.origin} />
      ) : (
        (asked.isError || id === "") && <section className="card">{nothing}</section>
      )}
    </PublicShell>
  );
}
