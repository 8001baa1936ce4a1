/**
 * The generic act: its fields, confirm and sign, the receipt. Every act that has no page of its own is done here,
 * so that nothing a person may lawfully do is unreachable.
 */
import { type FormEvent, useState } from "react";
import { useSession } from "../api/session.ts";
import type { NextAct } from "../api/types.ts";
import { useSendAct } from "../signing/send-act.ts";
import { Receipt, type ReceiptContent } from "../ui/lists.tsx";
import { RuleChips } from "../ui/rule-chips.tsx";
import { SignDialog, type SignRequest } from "../ui/sign-dialog.tsx";
import { deadlineText } from "../ui/time.ts";
import { useWords } from "../words/index.ts";
import { ActFields } from "./act-fields.tsx";
import { DraftTools } from "./draft-tools.tsx";
import { ErrorSummary } from "./error-summary.tsx";
import { type DraftError, firstDraft, leafCount, readDraft } from "./form-schema.ts";
import { resultRows, summaryRows } from "./summary.ts";
import { forgetDraft, useDraft } from "./use-draft.ts";

/** Forms with more fields than this can be filled from a file. */
const longForm = 6;

/** Form, dialog and receipt of one act. `onDone` runs after the server accepted it. */
export function ActPanel({ act, onDone }: { readonly act: NextAct; readonly onDone?: () => void }) {
  const t = useWords();
  const { me } = useSession();
  const sendAct = useSendAct();
  const [draft, setDraft] = useDraft(act);
  const [errors, setErrors] = useState<readonly DraftError[]>([]);
  const [request, setRequest] = useState<SignRequest>();
  const [receipt, setReceipt] = useState<ReceiptContent>();
  const check = (event: FormEvent) => {
    event.preventDefault();
    const read = readDraft("", act.schema, draft);
    setErrors(read.errors);
    if (read.errors.length > 0) return;
    setRequest({
      title: act.title,
      rows: [[t("sign.by"), me ? `${me.organisationName} · ${me.personName}` : "—"], ...summaryRows(t, act.schema, read.value)],
      send: async (commandId) => {
        const answer = await sendAct({ act: act.act, lotId: act.lotId, data: read.value, commandId });
        setRequest(undefined);
        forgetDraft(act);
        setReceipt({ title: t("sign.done"), at: answer.at, rows: resultRows(answer.result) });
        onDone?.();
      },
    });
  };
  if (receipt) return <Receipt receipt={receipt} />;
  return (
    <form onSubmit={check} noValidate>
      <p className="row wrapping small second" style={{ marginBottom: 14 }}>
        {act.dueAt && <span>{t("common.until", { time: deadlineText(act.dueAt) })}</span>}
        <RuleChips rules={act.rules} />
      </p>
      {leafCount(act.schema) > longForm && <DraftTools onLoad={(value) => setDraft(firstDraft("", act.schema, value))} />}
      <ErrorSummary errors={errors} />
      <ActFields name="" schema={act.schema} draft={draft} at="" needed errors={errors} onChange={setDraft} />
      <p style={{ marginTop: 18 }}>
        <button className="button primary large" type="submit">
          {act.title}
        </button>
      </p>
      <SignDialog request={request} onClose={() => setRequest(undefined)} />
    </form>
  );
}
