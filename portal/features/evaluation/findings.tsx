/** The preliminary review of one member: for each bid conforms, or reject on a ground that the document lists, with a reason. */
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { type Room, roomQuery } from "../../api/evaluation.ts";
import type { NextAct } from "../../api/types.ts";
import { useSendAct } from "../../signing/send-act.ts";
import { Card, Empty } from "../../ui/card.tsx";
import { ChoiceField, TextField } from "../../ui/fields.tsx";
import { Receipt } from "../../ui/lists.tsx";
import { Reading } from "../../ui/reading.tsx";
import { SignDialog, type SignRequest } from "../../ui/sign-dialog.tsx";
import { useWords } from "../../words/index.ts";

type Finding = { readonly finding: "conforms" | "reject"; readonly ground: string; readonly reason: string };
type Findings = Readonly<Record<string, Finding>>;

const firstFindings = (room: Room): Findings =>
  Object.fromEntries(
    room.bids.map(({ bidDigest, finding }) => [
      bidDigest,
      {
        finding: finding?.finding === "reject" ? "reject" : "conforms",
        ground: finding?.ground ? String(finding.ground) : "",
        reason: finding?.reason ?? "",
      },
    ]),
  );

const isWhole = ({ finding, ground, reason }: Finding): boolean => finding === "conforms" || (ground !== "" && reason.trim() !== "");

function Row(props: {
  readonly room: Room;
  readonly name: string;
  readonly value: Finding;
  readonly strict: boolean;
  readonly onChange: (value: Finding) => void;
}) {
  const t = useWords();
  const { room, name, value, strict, onChange } = props;
  const missing = (text: string) => (strict && text.trim() === "" ? { error: t("form.missing", { label: "" }) } : {});
  return (
    <div style={{ borderTop: "1px solid var(--line-soft)", padding: "14px 20px", display: "grid", gap: 12 }}>
      <ChoiceField
        label={name}
        needed
        value={value.finding}
        options={[
          { value: "conforms", label: t("evaluation.conforms") },
          { value: "reject", label: t("evaluation.reject") },
        ]}
        onChange={(finding) => onChange({ ...value, finding: finding === "reject" ? "reject" : "conforms" })}
      />
      {value.finding === "reject" && (
        <>
          <ChoiceField
            label={t("evaluation.ground")}
            needed
            {...missing(value.ground)}
            value={value.ground}
            options={room.grounds.map(({ no, text }) => ({ value: String(no), label: `${no}. ${text}` }))}
            onChange={(ground) => onChange({ ...value, ground })}
          />
          <TextField
            label={t("evaluation.reason")}
            needed
            long
            {...missing(value.reason)}
            value={value.reason}
            onChange={(reason) => onChange({ ...value, reason })}
          />
        </>
      )}
    </div>
  );
}

function Form({ act, lotId, room }: { readonly act: NextAct; readonly lotId: string; readonly room: Room }) {
  const t = useWords();
  const sendAct = useSendAct();
  const [findings, setFindings] = useState(() => firstFindings(room));
  const [strict, setStrict] = useState(false);
  const [request, setRequest] = useState<SignRequest>();
  const [doneAt, setDoneAt] = useState<string>();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setStrict(true);
    if (!Object.values(findings).every(isWhole)) return;
    const rows = Object.entries(findings).map(([bidDigest, { finding, ground, reason }]) =>
      finding === "conforms" ? { bidDigest, finding, ground: null, reason: null } : { bidDigest, finding, ground: Number(ground), reason },
    );
    setRequest({
      title: act.title,
      rows: room.bids.map((bid) => [bid.bidderName, t(`evaluation.${findings[bid.bidDigest]?.finding ?? "conforms"}`)]),
      send: async (commandId) => {
        const answer = await sendAct({ act: act.act, lotId, data: { findings: rows }, commandId });
        setRequest(undefined);
        setDoneAt(answer.at);
      },
    });
  };
  if (doneAt) return <Receipt receipt={{ title: t("sign.done"), at: doneAt, next: t("evaluation.findingsNext") }} />;
  return (
    <form onSubmit={submit} noValidate>
      <Card title={act.title} flush>
        {room.bids.map((bid) => (
          <Row
            key={bid.bidDigest}
            room={room}
            name={bid.bidderName}
            value={findings[bid.bidDigest]!}
            strict={strict}
            onChange={(value) => setFindings({ ...findings, [bid.bidDigest]: value })}
          />
        ))}
        <p style={{ padding: "16px 20px" }}>
          <button className="button primary large" type="submit">
            {act.title}
          </button>
        </p>
      </Card>
      <SignDialog request={request} onClose={() => setRequest(undefined)} />
    </form>
  );
}

/** `evl.reject` */
export function FindingsPage({ act, lotId }: { readonly act: NextAct; readonly lotId: string }) {
  const t = useWords();
  const query = useQuery(roomQuery(lotId));
  return (
    <Reading query={query}>
      {(room) =>
        room ? (
          <Form act={act} lotId={lotId} room={room} />
        ) : (
          <section className="card">
            <Empty title={t("evaluation.closed")} text={t("evaluation.closedText")} />
          </section>
        )
      }
    </Reading>
  );
}
