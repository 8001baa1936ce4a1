/**
 * 招标人和中标人应当依照招标投标法和本条例的规定签订书面合同，合同的标的、价款、质量、履行期限等主要条款应当与招标文件和中标人的投标文件的内容一致。招标人和中标人不得再行订立背离合同实质性内容的其他协议。
 * 招标文件要求中标人提交履约保证金的，中标人应当按照招标文件的要求提交。履约保证金不得超过中标合同金额的10%。
 *
 * Law     招标投标法实施条例 第五十七条 (CON-075), 第五十八条 (CON-076)
 * Refuses "contract.deviates-from-bid" { terms }, "contract.security-over-10" { securityFen, maxFen, maxPercent }
 */
import { ceilingOf, compareShare, type Fen, fenText, finding, rule } from "../../../kernel/index.ts";

export interface TermsFacts {
  /** Main terms that differ, as `name: contract / bid`. */
  deviations: readonly string[];
  priceFen: Fen;
  securityFen: Fen;
}

export const termsFollowTheBid = rule<TermsFacts>("contract.deviates-from-bid", {
  ruleId: "CON-075",
  check: ({ deviations }, values) => finding(values.flag("deviationAllowed") || deviations.length === 0, { terms: deviations }),
  message: ({ terms }) => `合同主要条款与招标文件、中标人的投标文件不一致：${String(terms)}。`,
  messageEn: "The main terms of the contract must equal the tender document and the winning bid.",
  whatToDo: "请按中标人的投标文件和招标文件填写价款、工期、质量、项目负责人。",
});

export const securityIsBounded = rule<TermsFacts>("contract.security-over-10", {
  ruleId: "CON-076",
  check({ priceFen, securityFen }, values) {
    const share = values.share("maxShare");
    return finding(compareShare(securityFen, priceFen, share) <= 0, {
      securityFen: fenText(securityFen),
      maxFen: fenText(ceilingOf(priceFen, share)),
      maxPercent: values.number("maxShare"),
    });
  },
  message: ({ maxPercent, maxFen }) => `履约保证金不得超过中标合同金额的 ${String(maxPercent)}%（${String(maxFen)} 分）。`,
  messageEn: "The performance security is at most ten per cent of the contract price.",
  whatToDo: "请降低履约保证金。",
});
