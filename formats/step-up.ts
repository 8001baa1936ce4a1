/**
 * The acts that need a fresh proof: the signed command carries a nonce of the platform that names the act, asked for
 * at most two minutes before (security.md §7). One table for server, portal, tools and stories.
 *
 * What a member's desk posts by itself is not here: its person has stepped up when accepting the ceremony.
 */
export const stepUpActs: Readonly<Record<string, string>> = {
  // 密封、撤回与解密
  "bid.seal": "sealing",
  "bid.withdraw": "sealing",
  "bid.deliverKey": "opening",
  "cer.accept": "opening",
  "opn.postPartial": "opening",
  "opn.readOut": "opening",
  "opn.extend": "opening",
  // 抽取
  "drw.freeze": "drawing",
  "drw.contribute": "drawing",
  "drw.publish": "drawing",
  // 评标
  "sht.submit": "evaluating",
  "evl.signReport": "evaluating",
  // 定标、签约
  "awd.decide": "signing",
  "awd.revoke": "signing",
  "con.sign": "signing",
  // 资金
  "dep.orderRelease": "paying",
  "dep.approveRelease": "paying",
  "dep.forfeit": "paying",
  "gua.issue": "paying",
  // 身份与规则
  "crt.renew": "identity",
  "trl.release": "identity",
  "sys.release": "identity",
  "mem.delegate": "identity",
  "mdt.grant": "identity",
};

export const needsStepUp = (act: string): boolean => act in stepUpActs;

/** What a nonce names: `POST /acts/nonces` takes it and answers `{nonce, expiresAt}`. */
export interface NonceWish {
  act: string;
  membership: string;
  lotId: string | null;
}
