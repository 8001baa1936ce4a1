/** Objections and complaints of a lot: which way is open until when, and the cases one takes part in. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { casesQuery } from "../../api/remedies.ts";
import { Card } from "../../ui/card.tsx";
import { Tag } from "../../ui/marks.tsx";
import { momentText } from "../../ui/time.ts";
import { useWords, type WordKey } from "../../words/index.ts";

const until = (text: string): string => (text.length > 10 ? momentText(text) : text);

/** The card; nothing for those who take no part. */
export function CasesCard({ lotId, role }: { readonly lotId: string; readonly role: string }) {
  const t = useWords();
  const { data } = useQuery(casesQuery(lotId));
  if (!data) return null;
  return (
    <Card title={t("remedy.title")}>
      <ul style={{ display: "grid", gap: 8 }}>
        {data.ways.map((way) => (
          <li key={way.path + way.about} className="row apart small wrapping">
            <span>
              {t(`remedy.${way.path}` as WordKey)} · {t(`remedy.about.${way.about}` as WordKey)} → {way.goesTo}
              {way.until && <span className="third">（{t("remedy.until", { time: until(way.until) })}）</span>}
            </span>
            <Tag tone={way.open ? "ok" : "neutral"}>{way.open ? t("remedy.open") : t("remedy.closed")}</Tag>
          </li>
        ))}
      </ul>
      {data.items.map((item) => (
        <div key={item.remedy} className="tint" style={{ marginTop: 12 }}>
          <p className="row apart wrapping">
            <b>
              {t(`remedy.${item.path}` as WordKey)} · {item.raisedBy}
            </b>
            <span className="caption third">{momentText(item.raisedAt)}</span>
          </p>
          <p className="small">{item.ground}</p>
          <p className="small second">{item.request}</p>
          {item.answer && (
            <p className="small" style={{ marginTop: 6 }}>
              {t(item.answer.upheld ? "remedy.upheld" : "remedy.notUpheld")}：{item.answer.text}
            </p>
          )}
          {item.decision && (
            <p className="small" style={{ marginTop: 6 }}>
              {item.decision.text}
            </p>
          )}
          {role === "bidder" && !item.answer && !item.decision && (
            <p className="small" style={{ marginTop: 6 }}>
              <Link to="/w/$role/lots/$lotId/$act" params={{ role, lotId, act: "rem.withdraw" }} search={{ fill: { remedy: item.remedy } }}>
                {t("remedy.withdraw")}
              </Link>
            </p>
          )}
          {!item.answer && !item.decision && item.dueAt && (
            <p>
              <Tag tone="warning">{t("remedy.dueAt", { time: momentText(item.dueAt) })}</Tag>
            </p>
          )}
        </div>
      ))}
    </Card>
  );
}
