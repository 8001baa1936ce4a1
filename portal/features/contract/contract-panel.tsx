/** What is public of the contract. */
import type { Lot } from "../../api/types.ts";
import { Empty, Facts } from "../../ui/card.tsx";
import { useWords } from "../../words/index.ts";

/** The tab "contract". */
export function ContractPanel({ lot }: { readonly lot: Lot }) {
  const t = useWords();
  if (!lot.contract) return <Empty title={t("lot.noContract")} text={t("lot.noContractText")} />;
  return (
    <div className="section" style={{ paddingTop: 24 }}>
      <Facts rows={lot.contract.rows} />
    </div>
  );
}
