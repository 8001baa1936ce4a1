/** A workbench belongs to a role: says who one is, and where to change, instead of an empty page. */
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useSession } from "../../api/session.ts";
import type { Me } from "../../api/types.ts";
import { Empty } from "../../ui/card.tsx";
import { PublicShell } from "../../ui/shell.tsx";
import { useWords } from "../../words/index.ts";
import { roleWord } from "./sides.ts";

/** Renders the page for a person in that role, else the way there. */
export function RoleGuard(props: { readonly role: string; readonly children: (me: Me) => ReactNode }) {
  const t = useWords();
  const { me, known } = useSession();
  if (!known)
    return (
      <p className="second" role="status" style={{ padding: 32 }}>
        {t("state.loading")}
      </p>
    );
  if (me?.role === props.role) return props.children(me);
  return (
    <PublicShell>
      <h1 className="only-readers">{me ? t("work.otherRole", { role: t(roleWord(props.role)) }) : t("work.signInFirst")}</h1>
      <section className="card" style={{ marginTop: 32 }}>
        <Empty
          title={me ? t("work.otherRole", { role: t(roleWord(props.role)) }) : t("work.signInFirst")}
          text={me ? t("work.otherRoleText", { name: `${me.organisationName} · ${me.personName}` }) : t("work.signInText")}
          act={
            <span className="row wrapping">
              <Link className="button primary" to="/sandbox" search={{ role: props.role }}>
                {t("sandbox.switch")}
              </Link>
              {me && (
                <Link className="button" to="/w/$role" params={{ role: me.role }}>
                  {t("work.myWorkbench")}
                </Link>
              )}
            </span>
          }
        />
      </section>
    </PublicShell>
  );
}
