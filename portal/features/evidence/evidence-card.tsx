/** How evidence stands, on the status page: log, each witness by name, anchor, and what an embedded chain is. */
import { useQuery } from "@tanstack/react-query";
import { Card, Facts, type Row } from "../../ui/card.tsx";
import { Tag } from "../../ui/marks.tsx";
import { useLanguage, useWords } from "../../words/index.ts";
import type { EvidenceStanding } from "./banner-of.ts";
import { evidenceQuery } from "./evidence-standing.ts";

function tone({ standing, fault }: EvidenceStanding): "ok" | "warning" | "refused" {
  if (fault || standing.witnesses === "closed" || standing.witnesses === "openings wait") return "refused";
  return standing.witnesses === "not configured" ? "warning" : "ok";
}

function useRows(evidence: EvidenceStanding | undefined): readonly Row[] {
  const t = useWords();
  const isEnglish = useLanguage() === "en";
  if (!evidence) return [];
  const { size, witnessed, witnesses = [], standing, chainLabel, isPublic } = evidence;
  const log: readonly Row[] =
    size === undefined ? [] : [[t("evidence.size"), t("evidence.sizeText", { size, witnessed: witnessed?.size ?? 0 })]];
  const chain = chainLabel && (isEnglish ? chainLabel.en : chainLabel.zh);
  return [
    ...log,
    ...witnesses.map(
      ({ name, last, alarms }): Row => [
        name,
        alarms > 0 ? `${t(`evidence.last.${last}`)} · ${t("evidence.alarms", { count: alarms })}` : t(`evidence.last.${last}`),
      ],
    ),
    [t("evidence.anchor"), [t(`evidence.anchor.${standing.anchor}`), chain].filter(Boolean).join(" · ")],
    ...(isPublic
      ? [
          [
            t("evidence.checkpoint"),
            <a key="checkpoint" href="/evidence/log/checkpoint">
              {t("evidence.read")}
            </a>,
          ] as Row,
        ]
      : []),
  ];
}

/** The card. */
export function EvidenceCard() {
  const t = useWords();
  const { data } = useQuery(evidenceQuery);
  const rows = useRows(data);
  if (!data) return null;
  return (
    <div style={{ marginTop: 16 }}>
      <Card title={t("evidence.title")} aside={<Tag tone={tone(data)}>{t(`evidence.witnesses.${data.standing.witnesses}`)}</Tag>}>
        <Facts rows={rows} />
        {data.isPublic && (
          <p className="caption second" style={{ marginTop: 10 }}>
            {t("evidence.pace")}
          </p>
        )}
      </Card>
    </div>
  );
}
