/** Questions without names and the answers that go to everybody. */
import { useQuery } from "@tanstack/react-query";
import { questionsQuery } from "../../api/tendering.ts";
import type { Question } from "../../api/types.ts";
import { Empty } from "../../ui/card.tsx";
import { Tag } from "../../ui/marks.tsx";
import { Reading } from "../../ui/reading.tsx";
import { momentText } from "../../ui/time.ts";
import { useWords } from "../../words/index.ts";

/** The list. */
export function Questions({ lotId }: { readonly lotId: string }) {
  const t = useWords();
  const query = useQuery(questionsQuery(lotId));
  return (
    <Reading query={query}>
      {(questions) =>
        questions.length === 0 ? (
          <Empty title={t("lot.noQuestions")} text={t("lot.noQuestionsText")} />
        ) : (
          <QuestionList questions={questions} />
        )
      }
    </Reading>
  );
}

function QuestionList({ questions }: { readonly questions: readonly Question[] }) {
  const t = useWords();
  return (
    <ol className="section" style={{ paddingTop: 20 }}>
      {questions.map((question) => (
        <li key={question.questionId} style={{ padding: "12px 0", borderTop: "1px solid var(--line-soft)" }}>
          <p>
            <b>{question.text}</b>
          </p>
          <p className="caption third">
            {t("lot.askedAt")} {momentText(question.askedAt)}
          </p>
          {question.answer ? (
            <div className="tint" style={{ marginTop: 8 }}>
              <p>{question.answer}</p>
              {question.answeredAt && (
                <p className="caption third">
                  {t("lot.answeredAt")} {momentText(question.answeredAt)}
                </p>
              )}
            </div>
          ) : (
            <p style={{ marginTop: 6 }}>
              <Tag>{t("lot.notAnswered")}</Tag>
            </p>
          )}
        </li>
      ))}
    </ol>
  );
}
