/** The contract for its parties: what is signed, and who has signed. */
import { useQuery } from "@tanstack/react-query";
import { contractTextQuery } from "../../api/award.ts";
import { Card, Facts } from "../../ui/card.tsx";
import { Digest, Tag } from "../../ui/marks.tsx";
import { moneyText } from "../../ui/money.ts";
import { useWords } from "../../words/index.ts";

/** The card; nothing for those who are no party. */
export function ContractTextCard({ lotId }: { readonly lotId: string }) {
  const t = useWords();
  const { data: contract } = useQuery(contractTextQuery(lotId));
  if (!contract) return null;
  const { terms } = contract;
  return (
    <Card
      title={t("lot.tab.contract")}
      aside={
        <Tag tone={contract.signatures.length > 1 ? "ok" : "info"}>{t("contract.signatures", { count: contract.signatures.length })}</Tag>
      }
    >
      <Facts
        rows={[
          [t("contract.price"), moneyText(terms.priceFen)],
          [t("bid.days"), String(terms.durationDays)],
          [t("bid.quality"), terms.quality],
          [t("bid.manager"), `${terms.managerName}（${terms.managerCertificate}）`],
          [t("contract.security"), `${moneyText(terms.securityFen)}`],
          [t("contract.payment"), terms.paymentTerms],
          [t("sign.digest"), <Digest key="digest" value={contract.termsDigest} />],
        ]}
      />
    </Card>
  );
}
