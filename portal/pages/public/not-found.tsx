/** Unknown and forbidden give the same answer. */
import { Link } from "@tanstack/react-router";
import { Empty } from "../../ui/card.tsx";
import { PublicShell, useTitle } from "../../ui/shell.tsx";
import { useWords } from "../../words/index.ts";

/** Any address that does not exist. */
export function NotFoundPage() {
  const t = useWords();
  useTitle(t("state.notFound"));
  return (
    <PublicShell>
      <section className="card" style={{ marginTop: 32 }}>
        <Empty
          title={t("state.notFound")}
          text={t("state.notFoundText")}
          act={
            <Link className="button" to="/">
              {t("nav.home")}
            </Link>
          }
        />
      </section>
    </PublicShell>
  );
}
