/** `ntc.sign`: the notice, drafted from the document, shown as the public will read it, changed where needed, signed. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { lotQuery } from "../../api/lot-reads.ts";
import { documentQuery, type WireDocument } from "../../api/tendering.ts";
import type { Lot, NextAct } from "../../api/types.ts";
import { useSendAct } from "../../signing/send-act.ts";
import { Card, Empty } from "../../ui/card.tsx";
import { TextField } from "../../ui/fields.tsx";
import { Receipt } from "../../ui/lists.tsx";
import { RuleChips } from "../../ui/rule-chips.tsx";
import { SignDialog, type SignRequest } from "../../ui/sign-dialog.tsx";
import { useWords, type WordKey } from "../../words/index.ts";
import { media, type NoticeText, noticeData, noticeDraft } from "./notice-draft.ts";

function firstText(lot: Lot, document: WireDocument): NoticeText {
  return noticeDraft({
    lotName: lot.name,
    buyerName: lot.buyerName ?? "",
    agentName: lot.agentName,
    supervisorName: lot.supervisorName ?? "",
    place: lot.place,
    platformUrl: location.origin,
    document,
  });
}

function Editor({ text, onChange }: { readonly text: NoticeText; readonly onChange: (text: NoticeText) => void }) {
  const t = useWords();
  const setSection = (index: number, words: string) =>
    onChange({
      ...text,
      sections: text.sections.map((section, place) =>
        place === index ? { ...section, paragraphs: words.split(/\n+/).filter(Boolean) } : section,
      ),
    });
  return (
    <div className="form">
      <TextField label={t("notice.title")} needed value={text.title} onChange={(title) => onChange({ ...text, title })} />
      {text.sections.map((section, index) => (
        <TextField
          key={section.title}
          label={section.title}
          needed
          long
          value={section.paragraphs.join("\n")}
          onChange={(words) => setSection(index, words)}
        />
      ))}
      <details>
        <summary>{t("notice.fields")}</summary>
        <div className="form tint" style={{ marginTop: 10 }}>
          {Object.entries(text.fields).map(([name, value]) => (
            <TextField
              key={name}
              label={t(`notice.field.${name}` as WordKey)}
              needed
              value={value}
              onChange={(words) => onChange({ ...text, fields: { ...text.fields, [name]: words } })}
            />
          ))}
        </div>
      </details>
    </div>
  );
}

function SignForm({ act, lot, document }: { readonly act: NextAct; readonly lot: Lot; readonly document: WireDocument }) {
  const t = useWords();
  const sendAct = useSendAct();
  const [text, setText] = useState(() => firstText(lot, document));
  const [request, setRequest] = useState<SignRequest>();
  const [doneAt, setDoneAt] = useState<string>();
  const ask = () =>
    setRequest({
      title: act.title,
      rows: [
        [t("notice.title"), text.title],
        [t("notice.media"), media.join("、")],
      ],
      send: async (commandId) => {
        const answer = await sendAct({ act: act.act, lotId: lot.lotId, data: noticeData(text), commandId });
        setRequest(undefined);
        setDoneAt(answer.at);
      },
    });
  if (doneAt) return <Receipt receipt={{ title: t("sign.done"), at: doneAt, next: t("notice.next") }} />;
  return (
    <Card title={t("notice.text")} aside={<RuleChips rules={act.rules} />}>
      <Editor text={text} onChange={setText} />
      <p style={{ marginTop: 18 }}>
        <button className="button primary large" type="button" onClick={ask}>
          {act.title}
        </button>
      </p>
      <SignDialog request={request} onClose={() => setRequest(undefined)} />
    </Card>
  );
}

/** `ntc.sign` */
export function SignNotice({ act, lotId }: { readonly act: NextAct; readonly lotId: string }) {
  const t = useWords();
  const lot = useQuery(lotQuery(lotId)).data;
  const document = useQuery(documentQuery(lotId)).data;
  if (!lot || !document)
    return (
      <section className="card">
        <Empty title={act.title} text={document === null ? t("bid.noDocument") : t("state.loading")} />
      </section>
    );
  return <SignForm act={act} lot={lot} document={document} />;
}
