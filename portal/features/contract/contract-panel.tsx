/** What is public of the contract. */
import { useQuery } from "@tanstack/react-query";
import { contractQuery } from "../../api/award.ts";
import { Empty, Facts } from "../../ui/card.tsx";
import { Reading } from "../../ui/reading.tsx";
import { useWords } from "../../words/index.ts";

/** The tab "contract". */
export function ContractPanel({ lotId }: { readonly lotId: string }) {
  const t = useWords();
  const query = useQuery(contractQuery(lotId));
  return (
    <Reading query={query}>
      {(contract) =>
        contract ? (
          <div className="section" style={{ paddingTop: 24 }}>
            <Facts rows={contract.rows} />
          </div>
        ) : (
          <Empty title={t("lot.noContract")} text={t("lot.noContractText")} />
        )
      }
    </Reading>
  );
}
