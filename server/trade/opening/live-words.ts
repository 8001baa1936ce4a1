/** The log of the opening hall, in words for everybody. No key, share or figure before the read-out is among them. */
import type { Stage } from "../transaction/index.ts";

export const liveWords: NonNullable<Stage["live"]> = {
  "opn.freezeAwaitsDraw": () => ({ zh: "等待系数抽取完成后冻结密钥", en: "Keys wait for the draw of the coefficient" }),
  "opn.begun": () => ({ zh: "投标截止，开标开始", en: "Deadline reached: the opening begins" }),
  "opn.frozen": ({ data }) => ({
    zh: `投标清单已冻结，共 ${data.digests.length} 份`,
    en: `The list is frozen: ${data.digests.length} bids`,
  }),
  "opn.failed": ({ data }) => ({
    zh: `投标人不足 ${data.required} 个，不开标`,
    en: `Fewer than ${data.required} bidders: nothing is opened`,
  }),
  "opn.attended": ({ data }) => ({ zh: `${data.name} 已签到`, en: `${data.name} signed in` }),
  "bid.keyDelivered": ({ data }) => ({ zh: `${data.name} 已提交解密密钥`, en: `${data.name} has handed in its key` }),
  "opn.judgementDue": ({ data }) => ({
    zh: `解密时限已到，${data.missing.length} 份未解密，等待认定原因`,
    en: `The window has ended: ${data.missing.length} keys are missing`,
  }),
  "opn.extended": ({ data }) => ({
    zh: `解密时限延长 ${data.minutes} 分钟，对所有投标人有效：${data.cause}`,
    en: `The window is extended by ${data.minutes} minutes for all`,
  }),
  "opn.paused": ({ data }) => ({ zh: `开标暂停：${data.cause}`, en: `The opening is paused: ${data.cause}` }),
  "opn.resumed": () => ({ zh: "开标恢复", en: "The opening goes on" }),
  "opn.keysFrozen": ({ data }) => ({
    zh: `密钥清单已冻结：${data.present.length} 份可解封，${data.missing.length} 份缺失`,
    en: `Keys are frozen: ${data.present.length} present, ${data.missing.length} missing`,
  }),
  "opn.partialPosted": ({ data }) => ({ zh: `开标成员 ${data.member} 提交一份解封份额`, en: `Member ${data.member} posted a share` }),
  "opn.partialRejected": ({ data }) => ({
    zh: `开标成员 ${data.member} 的一份份额未通过验证，已记录`,
    en: `A share of member ${data.member} failed its proof and is on record`,
  }),
  "opn.unsealed": ({ data }) => ({ zh: `${data.bids} 份投标文件已同时解封，等待唱标`, en: `${data.bids} bids are unsealed at once` }),
  "opn.readOut": ({ data }) => ({ zh: `唱标：${data.figures.length} 个投标人`, en: `Read out: ${data.figures.length} bidders` }),
  "opn.confirmed": ({ data }) => ({
    zh: data.objection ? `${data.name} 当场提出异议` : `${data.name} 确认开标记录`,
    en: data.objection ? `${data.name} objects on the spot` : `${data.name} confirms`,
  }),
  "opn.objectionAnswered": () => ({ zh: "异议已当场答复", en: "The objection is answered on the spot" }),
  "opn.closed": () => ({ zh: "开标结束", en: "The opening is closed" }),
};
