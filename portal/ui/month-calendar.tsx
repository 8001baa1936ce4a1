/** The month of the server's clock with the number of sessions of each day. */
import { useWords } from "../words/index.ts";
import { Card } from "./card.tsx";
import { shanghaiParts } from "./time.ts";

const dayMs = 86_400_000;

/** Weeks of a month, Monday first; days of the neighbours are kept, so that the frame never jumps. */
export function weeksOf(year: number, month: number): readonly (readonly string[])[] {
  const first = Date.UTC(year, month - 1, 1);
  const start = first - ((new Date(first).getUTCDay() + 6) % 7) * dayMs;
  const last = Date.UTC(year, month, 0);
  const weeks: string[][] = [];
  for (let monday = start; monday <= last; monday += 7 * dayMs) {
    weeks.push(Array.from({ length: 7 }, (_, index) => new Date(monday + index * dayMs).toISOString().slice(0, 10)));
  }
  return weeks;
}

const two = (value: number): string => String(value).padStart(2, "0");

/** The card. */
export function MonthCalendar(props: {
  readonly now: number | undefined;
  readonly days: readonly { readonly day: string; readonly count: number }[];
}) {
  const t = useWords();
  if (props.now === undefined) return null;
  const { year, month, day } = shanghaiParts(props.now);
  const counts = new Map(props.days.map((row) => [row.day, row.count]));
  const today = `${year}-${two(month)}-${two(day)}`;
  return (
    <Card
      title={t("home.calendar")}
      aside={
        <span className="small second">
          {year} 年 {month} 月
        </span>
      }
      flush
    >
      <div style={{ padding: "8px 14px 12px" }}>
        <table className="month">
          <caption className="only-readers">{t("home.calendar")}</caption>
          <thead>
            <tr>
              {["一", "二", "三", "四", "五", "六", "日"].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weeksOf(year, month).map((week) => (
              <tr key={week[0]}>
                {week.map((date, index) => {
                  const outside = Number(date.slice(5, 7)) !== month;
                  const kind = date === today ? "now" : outside ? "outside" : index > 4 ? "weekend" : "";
                  const count = counts.get(date);
                  return (
                    <td key={date} className={kind} {...(date === today ? { "aria-current": "date" as const } : {})}>
                      <span>{Number(date.slice(8))}</span>
                      <i>
                        {count ? (
                          <>
                            {count}
                            <span className="only-readers"> {t("home.sessions")}</span>
                          </>
                        ) : (
                          ""
                        )}
                      </i>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}
