/** The committee of a lot: counts for those who wait, names only for those who may know them now. */
import "../../words/draw-words.ts";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { committeeQuery, seatsQuery } from "../../api/committee.ts";
import { Card, Facts } from "../../ui/card.tsx";
import { Law, Locked, Tag } from "../../ui/marks.tsx";
import { deadlineText } from "../../ui/time.ts";
import { useWords } from "../../words/index.ts";

function Seats({ lotId }: { readonly lotId: string }) {
  const t = useWords();
  const { data: seats = [] } = useQuery(seatsQuery(lotId));
  if (seats.length === 0)
    return (
      <p className="small" style={{ marginTop: 10 }}>
        <Locked>{t("committee.hidden")}</Locked> <Law>招标投标法 第三十七条</Law>
      </p>
    );
  return (
    <ul style={{ display: "grid", gap: 6, marginTop: 12 }}>
      {seats.map((seat) => (
        <li key={seat.no} className="row apart small">
          <span>
            {seat.no}. {seat.name} {seat.mine && <Tag tone="primary">{t("draw.me")}</Tag>}
          </span>
          {seat.isChair ? (
            <Tag tone="ok">{t("evaluation.chair")}</Tag>
          ) : (
            <Tag>{t(seat.kind === "representative" ? "committee.representative" : "role.expert")}</Tag>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The card; nothing before a committee was asked for. */
export function CommitteeCard({ lotId }: { readonly lotId: string }) {
  const t = useWords();
  const { data: committee } = useQuery(committeeQuery(lotId));
  const { data: seats = [] } = useQuery(seatsQuery(lotId));
  if (!committee && seats.length === 0) return null;
  return (
    <Card
      title={t("evaluation.committee")}
      aside={
        <Link className="small" to="/halls/evaluation/$lotId" params={{ lotId }}>
          {t("evaluation.hall")}
        </Link>
      }
    >
      {committee && (
        <Facts
          rows={[
            [t("committee.seats"), `${committee.experts + committee.representatives}（${t("role.expert")} ${committee.experts}）`],
            [t("committee.summoned"), String(committee.seats.summoned)],
            [t("committee.accepted"), String(committee.seats.accepted)],
            [t("evaluation.present"), String(committee.seats.present + committee.seats.done)],
            [t("committee.from"), deadlineText(committee.windowStartAt)],
            [
              t("committee.draw"),
              <Link key="draw" to="/halls/draw/$drawId" params={{ drawId: committee.drawId }}>
                {t("draw.hall")}
              </Link>,
            ],
          ]}
        />
      )}
      <Seats lotId={lotId} />
    </Card>
  );
}
