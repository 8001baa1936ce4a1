/** One sentence on every page while evidence does not stand as it should; nothing otherwise. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Icon } from "../../ui/icon.tsx";
import { useWords } from "../../words/index.ts";
import { bannerOf } from "./banner-of.ts";
import { evidenceQuery } from "./evidence-standing.ts";

/** The banner. */
export function EvidenceBanner() {
  const t = useWords();
  const { data } = useQuery(evidenceQuery);
  const said = data && bannerOf(data);
  if (!said) return null;
  return (
    <div className="refusal no-print" role="alert" style={{ borderRadius: 0 }}>
      <p className="wrap small">
        <Icon name="warning" /> {t(said)} <Link to="/status">{t("evidence.banner.more")}</Link>
      </p>
    </div>
  );
}
