/** The contract as a paper, with both signatures as the platform recorded them. */
import type { Paper } from "../../../formats/paper.ts";
import { getOrganisation } from "../../identity/index.ts";
import { capitalAmount, dayOf, formatYuan, parseFen, parseInstant, shanghaiText } from "../../kernel/index.ts";
import type { Queryable } from "../../runtime/database/index.ts";
import { loadLot } from "../transaction/index.ts";
import { type Contract, contractOf } from "./contract.ts";

/** Undefined before it is drafted. */
export async function contractPaper(db: Queryable, lotId: string, options: { sandbox: boolean }): Promise<Paper | undefined> {
  const lot = await loadLot(db, lotId);
  const contract = await contractOf(db, lotId);
  if (!lot || !contract) return undefined;
  const { terms } = contract;
  const [buyer, contractor] = [await getOrganisation(db, terms.buyer), await getOrganisation(db, terms.contractor)];
  const nameOf = (id: string) => (id === buyer.id ? `发包人 ${buyer.name}` : `承包人 ${contractor.name}`);
  return {
    kind: "contract",
    title: `${terms.title} 合同`,
    dealCode: lot.codes.unifiedDealCode ?? "",
    issuedBy: buyer.name,
    issuedOn: dayOf(parseInstant(contract.effectiveAt ?? contract.draftedAt)),
    sandbox: options.sandbox,
    blocks: [
      { heading: "一、当事人" },
      {
        fields: [
          ["发包人", `${buyer.name}（${buyer.creditCode}）`],
          ["承包人", `${contractor.name}（${contractor.creditCode}）`],
        ],
      },
      { heading: "二、主要条款" },
      { fields: mainTerms(contract) },
      { heading: "三、价款支付" },
      { text: terms.paymentTerms },
      ...(terms.otherTerms === "" ? [] : [{ heading: "四、其他条款" }, { text: terms.otherTerms }]),
      ...(terms.subcontracts.length === 0
        ? []
        : [
            {
              table: {
                columns: ["分包内容", "招标人同意"],
                rows: terms.subcontracts.map(({ part, consented }) => [part, consented ? "是" : "否"]),
              },
            },
          ]),
      { heading: "签署" },
      { text: `合同文本摘要 ${contract.termsDigest}` },
      {
        signatures: contract.signatures.map(({ organisation, at, act }) => ({
          name: nameOf(organisation),
          at: shanghaiText(parseInstant(at)),
          digest: act,
        })),
      },
    ],
  };
}

function mainTerms({ terms }: Contract): [string, string][] {
  return [
    ["合同价款", `${formatYuan(parseFen(terms.priceFen))} 元（${capitalAmount(parseFen(terms.priceFen))}）`],
    ["工期", `${terms.durationDays} 日历天`],
    ["质量标准", terms.quality],
    ["项目负责人", `${terms.managerName}（${terms.managerCertificate}）`],
    ["履约保证金", `${formatYuan(parseFen(terms.securityFen))} 元，${terms.securityForm}`],
    ["招标文件", `第 ${terms.documentVersion} 版，摘要 ${terms.documentSha256}`],
    ["中标人的投标文件", `摘要 ${terms.bidDigest}`],
  ];
}
