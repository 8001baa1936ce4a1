/**
 * Questions: the text is public at once and has no name; who asked stands sealed inside the event and
 * can be read only after the opening. The ciphertext carries no tag, so that a question cannot tie the
 * other sealed acts of its firm to this lot.
 *
 * Law: 招标投标法 第二十二条; 实施条例 第二十一条, 第二十二条.
 */
import { end, type StateOf, states } from "../../kernel/index.ts";
import { foldStream, type Queryable, type RecordedEvent } from "../../record/index.ts";
import { streamOf } from "../transaction/index.ts";

export const questionStates = states({
  asked: { answer: "answered" },
  answered: end,
});

export interface Question {
  id: string;
  no: number;
  state: StateOf<typeof questionStates>;
  text: string;
  askedAt: string;
  answer: string | null;
  answeredAt: string | null;
  /** The version of the document that carries the answer, where one does. */
  inDocVersion: number | null;
}

type Questions = ReadonlyMap<string, Question>;

export function evolveQuestions(questions: Questions | undefined, { type, data, at }: RecordedEvent): Questions {
  const all = new Map(questions);
  if (type === "que.asked") {
    all.set(data.questionId, {
      id: data.questionId,
      no: all.size + 1,
      state: "asked",
      text: data.text,
      askedAt: at,
      answer: null,
      answeredAt: null,
      inDocVersion: null,
    });
  } else if (type === "que.answered") {
    const question = all.get(data.questionId);
    if (!question) throw new Error(`${data.questionId} was not asked`);
    all.set(question.id, { ...question, state: "answered", answer: data.text, answeredAt: at, inDocVersion: data.inDocVersion });
  }
  return all;
}

/** The questions of a lot in the order in which they were asked. */
export async function questionsOf(db: Queryable, lotId: string, run = 1): Promise<Question[]> {
  return [...((await foldStream(db, streamOf("que", lotId, run), evolveQuestions)) ?? new Map<string, Question>()).values()];
}
