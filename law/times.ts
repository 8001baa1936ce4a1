/**
 * The 91 time words of the limits. Each is either a *milestone* of a lot or the time of an *event* of
 * the stages named (model §5). A limit whose word is missing here cannot be bound, and the test says so.
 */

export type TimeSource = "milestone" | "ntc doc ent" | "bid dep cmt evl" | "con pay arc" | "awd auc" | "rem" | "exchange";

const words: { readonly [source in TimeSource]: string } = {
  milestone: `noticeEnd documentOfferStart documentOfferEnd bidDeadline firstResponseDeadline responseDeadline
    prequalificationDeadline bidDeadlineOrListingStart bidOpening decryptionStart decryptionEnd disclosureStart
    disclosureEnd preDisclosureStart preDisclosureEnd publicityStart publicityEnd listingStart listingEnd
    exhibitionStart exhibitionEnd auctionStart tenderAuctionListingStart sessionEnd candidatePublicityStart
    candidatePublicityEnd awardNoticeEnd resultNoticeEnd resultPublicityStart resultPublicityEnd
    challengeAnswerPeriodEnd procurementStart procurementEnd firstFormalDisclosureStart evaluationStart
    evaluationEnd now`,
  "ntc doc ent": `noticePublished auctionNoticePublished prequalificationNoticePublished documentIssued
    amendmentSent conditionFiled supplementaryArgumentDone intentionPublished shareholderNoticeReceived
    shareholderAnswer tenantNoticeSent tenantNoticeReceived tenantAnswer`,
  "bid dep cmt evl": `withdrawalNotice securityRefunded loserSecurityRefunded winnerSecurityRefunded
    depositRefunded expertDraw evaluationReportReceived`,
  "con pay arc": `contractEffective contractSigned contractFiled contractPublished consignmentContractEnd
    invoiceReceived paymentMade pricePaid archiveDisposal`,
  "awd auc": `awardDecided awardNoticePublished letterOfAwardIssued tenderReportFiled resultNoticePublished
    resultPublished saleConfirmed`,
  rem: `harmKnown knownOrShouldKnow objectionRaised objectionReceived objectionAnswered challengeFiled
    challengeReceived challengeAnswered enquiryReceived enquiryAnswered complaintFiled complaintReceived
    complaintExamined complaintAccepted complaintAcceptanceDecided complaintDecided`,
  exchange: "businessEvent platformReceive",
};

/** Time word → where its time comes from. */
export const timeWords: ReadonlyMap<string, TimeSource> = new Map(
  (Object.keys(words) as TimeSource[]).flatMap((source) => words[source].split(/\s+/).map((word) => [word, source] as const)),
);
