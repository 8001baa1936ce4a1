/**
 * The first text of a notice, made from the document in force, so that both say the same. Pure. The person may change
 * every word before signing; what the law demands is checked by the server (招标公告和公示信息发布管理办法 第五条).
 */
import { digestOf, type Json } from "../../../formats/jcs.ts";
import { tenThousandText } from "../../ui/money.ts";
import { deadlineText } from "../../ui/time.ts";

/** What the draft is made from. */
export type NoticeFacts = {
  readonly lotName: string;
  readonly buyerName: string;
  readonly agentName?: string | undefined;
  readonly supervisorName: string;
  readonly place: string;
  readonly platformUrl: string;
  readonly document: {
    readonly ceilingFen: string | null;
    readonly depositFen: string;
    readonly durationDays: number;
    readonly quality: string;
    readonly qualification: readonly string[];
    readonly bidDeadlineAt: string;
    readonly offerEndAt?: string;
    readonly consortium?: { readonly allowed: boolean; readonly membersMax: number };
  };
};

/** Text of a notice as its stage takes it. */
export type NoticeText = {
  readonly title: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly sections: readonly { readonly title: string; readonly paragraphs: readonly string[] }[];
};

/** Media on which the notice appears besides this platform; simulated ones in a sandbox, and named so. */
export const media: readonly string[] = ["国家指定媒介（模拟）", "福建省指定媒介（模拟）"];

/** The draft. */
export function noticeDraft(facts: NoticeFacts): NoticeText {
  const { document } = facts;
  const consortium = document.consortium?.allowed
    ? `接受联合体投标，成员不超过 ${document.consortium.membersMax} 家。`
    : "不接受联合体投标。";
  const size = `最高投标限价 ${document.ceilingFen ? `${tenThousandText(document.ceilingFen)} 万元` : "不设"}；计划工期 ${document.durationDays} 日历天；质量要求${document.quality}。`;
  const deadline = `投标截止时间为 ${deadlineText(document.bidDeadlineAt)}，同一时间开标。`;
  const access = `在本平台免费获取${document.offerEndAt ? `，截止 ${deadlineText(document.offerEndAt)}` : ""}。`;
  const submission = "在线加密递交，取得回执；截止前可替换、可撤回。";
  const contacts = [facts.buyerName, facts.agentName].filter(Boolean).join("；");
  return {
    title: `${facts.lotName}招标公告`,
    fields: {
      project: facts.lotName,
      scope: `招标范围以招标文件和工程量清单为准：${facts.lotName}。`,
      size,
      funding: "资金已落实，来源见招标文件。",
      qualification: document.qualification.join("；"),
      consortium,
      documentAccess: access,
      deadline,
      submission,
      contacts,
      platformUrl: facts.platformUrl,
      supervision: facts.supervisorName,
    },
    sections: [
      { title: "一、招标条件", paragraphs: [`${facts.lotName}已具备招标条件，招标人为${facts.buyerName}，现进行公开招标。`] },
      { title: "二、项目概况与招标范围", paragraphs: [`建设地点：${facts.place}。`, size] },
      { title: "三、投标人资格要求", paragraphs: [...document.qualification, consortium] },
      { title: "四、招标文件的获取", paragraphs: [access] },
      {
        title: "五、投标文件的递交与开标",
        paragraphs: [submission, deadline, `投标保证金 ${tenThousandText(document.depositFen)} 万元。`],
      },
      {
        title: "六、发布媒介与监督",
        paragraphs: [`本公告同时在${media.join("、")}和本平台发布，内容一致。监督部门：${facts.supervisorName}。`],
      },
    ],
  };
}

/** The data of `ntc.sign`: the same text on every medium, named by its digest. */
export const noticeData = (text: NoticeText) => ({
  text,
  media: media.map((name) => ({ name, textSha256: digestOf(text as unknown as Json) })),
  publicationFeeFen: "0",
});
