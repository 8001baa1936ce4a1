/** Where in the log it stands, who countersigned, and whether it is anchored. Says as plainly that nobody did. */
import { Card } from "../../ui/card.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Digest, Tag } from "../../ui/marks.tsx";
import { useWords } from "../../words/index.ts";
import type { Judgement, LogPlace } from "./judgement.ts";

function Facts({ log }: { readonly log: LogPlace }) {
  const t = useWords();
  const { positions, size, root, anchor } = log;
  return (
    <ul className="ledger">
      {log.witnesses.map((name) => (
        <li key={name}>
          <span>{name}</span>
          <span className="is-ok">
            <Icon name="check" /> {size?.toLocaleString("en")}
          </span>
        </li>
      ))}
      {positions && (
        <li>
          <span>{t("verify.log.positions")}</span>
          <span>{positions[0] === positions[1] ? positions[0] : `${positions[0]}–${positions[1]}`}</span>
        </li>
      )}
      {root !== undefined && root !== "" && (
        <li>
          <span>{t("verify.log.root")}</span>
          <Digest value={root} />
        </li>
      )}
      {anchor !== undefined && (
        <li>
          <span>{t("verify.log.anchor")}</span>
          <span className="right">{t(`verify.log.anchor.${anchor}`)}</span>
        </li>
      )}
    </ul>
  );
}

/** The card. */
export function LedgerCard({ log, platformKey }: { readonly log: LogPlace; readonly platformKey: Judgement["key"] }) {
  const t = useWords();
  const tone = log.source === "reader" && log.witnesses.length > 0 ? "ok" : "warning";
  return (
    <Card title={t("verify.log")} aside={<Tag tone={tone}>{t(`verify.log.${log.source}`)}</Tag>} flush>
      <Facts log={log} />
      <div className="small second ledger-note">
        <p>{t(`verify.log.${log.source}Text`)}</p>
        {log.source !== "none" && <p>{t("verify.log.salted")}</p>}
        {platformKey && (
          <p>
            {t("verify.key")} <Digest value={platformKey.fingerprint.replace("sha256:", "")} />{" "}
            {t(platformKey.isTrusted ? "verify.key.trusted" : "verify.key.untrusted")}
          </p>
        )}
      </div>
    </Card>
  );
}
