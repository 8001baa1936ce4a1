/** Questions without names and the answers that go to everybody. */
import type { Lot } from "../../api/types.ts";
import { Empty } from "../../ui/card.tsx";
import { Tag } from "../../ui/marks.tsx";
import { momentText } from "../../ui/time.ts";
import { useWords } from "../../words/index.ts";

/** The list. */
export function Questions({ lot }: { readonly lot: Lot }) {
  const t = useWords();
  if (lot.questions.length === 0) return <Empty title={t("lot.noQuestions")} text={t("lot.noQuestionsText")} />;
  return (
    <ol className="section" style={{ paddingTop: 20 }}>
      {lot.questions.map((question) => (
        <li key={question.questionId} style={{ padding: "12px 0", borderTop: "1px solid var(--line-soft)" }}>
          <p><b>{question.text}</b></p>
          <p className="caption third">{t("lot.askedAt")} {momentText(question.askedAt)}</p>
          {question.answer ? (
            <div className="tint" style={{ marginTop: 8 }}>
              <p>{question.answer}</p>
              {question.answeredAt && <p className="caption third">{t("lot.answeredAt")} {momentText(question.answeredAt)}</p>}
            </div>
          ) : (
            <p style={{ marginTop: 6 }}><Tag>{t("lot.notAnswered")}</Tag></p>
          )}
        </li>
      ))}
    </ol>
  );
}
