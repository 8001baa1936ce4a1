/** The state of the service: whether the platform answers, its clock, what is simulated. Claims nothing that it has not asked. */
import { useQuery } from "@tanstack/react-query";
import { statusQuery } from "../../api/library.ts";
import { EvidenceCard } from "../../features/evidence/evidence-card.tsx";
import { Card, Facts } from "../../ui/card.tsx";
import { Tag } from "../../ui/marks.tsx";
import { Reading } from "../../ui/reading.tsx";
import { PublicShell, useTitle } from "../../ui/shell.tsx";
import { evidenceText } from "../../ui/time.ts";
import { useWords } from "../../words/index.ts";
import "./library-words.ts";

/** `/status` */
export function StatusPage() {
  const t = useWords();
  const query = useQuery(statusQuery);
  useTitle(t("status.title"));
  return (
    <PublicShell>
      <h1 className="page-title" style={{ marginTop: 24 }}>
        {t("status.title")}
      </h1>
      <p className="second" style={{ marginBottom: 16 }}>
        {t("status.lead")}
      </p>
      <Reading query={query}>
        {(status) => (
          <Card
            title={t("status.platform")}
            aside={<Tag tone={status.ok ? "ok" : "refused"}>{t(status.ok ? "status.up" : "status.down")}</Tag>}
          >
            <Facts
              rows={[
                ...("now" in status
                  ? ([[t("status.clock"), `${evidenceText(status.now)} · ${t("status.tempo", { tempo: status.tempo })}`]] as const)
                  : []),
                ...("sandbox" in status && status.sandbox ? ([[t("status.simulated"), t("status.simulatedText")]] as const) : []),
              ]}
            />
          </Card>
        )}
      </Reading>
      <EvidenceCard />
    </PublicShell>
  );
}
