/** The notice of a lot: four facts, the text under its own headings, the documents with version and digest. */
import { useQuery } from "@tanstack/react-query";
import { documentsQuery, noticeQuery } from "../../api/tendering.ts";
import type { DocumentRow, Notice, NoticeSection } from "../../api/types.ts";
import { Empty } from "../../ui/card.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Digest, Law, Locked } from "../../ui/marks.tsx";
import { tenThousandText } from "../../ui/money.ts";
import { Reading } from "../../ui/reading.tsx";
import { sizeText } from "../../ui/size.ts";
import { momentText } from "../../ui/time.ts";
import { useWords } from "../../words/index.ts";

/** Ceiling price, period, deposit, method. */
export function LotFacts({ notice }: { readonly notice: Notice }) {
  const t = useWords();
  const amount = (fen: string | undefined) =>
    fen === undefined ? (
      t("state.unknown")
    ) : (
      <>
        {tenThousandText(fen)} <small>{t("lot.tenThousand")}</small>
      </>
    );
  return (
    <div className="facts">
      <div>
        <span className="small second">{t("lot.ceiling")}</span>
        <b>{amount(notice.ceilingFen)}</b>
      </div>
      <div>
        <span className="small second">{t("lot.period")}</span>
        <b>
          {notice.periodDays ?? t("state.unknown")} <small>{t("lot.days")}</small>
        </b>
      </div>
      <div>
        <span className="small second">{t("lot.deposit")}</span>
        <b>{amount(notice.depositFen)}</b>
      </div>
      <div>
        <span className="small second">{t("lot.method")}</span>
        <b style={{ fontSize: 16 }}>{notice.methodName ?? t("state.unknown")}</b>
      </div>
    </div>
  );
}

function Section({ section }: { readonly section: NoticeSection }) {
  return (
    <>
      <h2>{section.heading}</h2>
      {section.paragraphs?.map((text) => (
        <p key={text}>{text}</p>
      ))}
      {section.rows && (
        <table>
          <caption className="only-readers">{section.heading}</caption>
          <tbody>
            {section.rows.map(([label, value]) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td>{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

/** The overview of a lot. */
export function NoticeText({ lotId }: { readonly lotId: string }) {
  const t = useWords();
  const query = useQuery(noticeQuery(lotId));
  return (
    <Reading query={query}>
      {(notice) =>
        notice ? (
          <>
            <LotFacts notice={notice} />
            <div className="section">
              {notice.sections.map((section) => (
                <Section key={section.heading} section={section} />
              ))}
            </div>
          </>
        ) : (
          <Empty title={t("lot.noNotice")} text={t("lot.nothingYet")} />
        )
      }
    </Reading>
  );
}

function DocumentLine({ row }: { readonly row: DocumentRow }) {
  const t = useWords();
  return (
    <tr>
      <td>
        <span>
          {row.name}
          {row.note && (
            <>
              <br />
              <span className="caption third">{row.note}</span>
            </>
          )}
        </span>
      </td>
      <td data-label={t("lot.version")}>
        <span>
          {t("lot.versionNumber", { number: row.version })} <span className="caption third">{momentText(row.at)}</span>
        </span>
      </td>
      <td className="right" data-label={t("lot.size")}>
        {row.size === undefined ? t("state.unknown") : sizeText(row.size)}
      </td>
      <td data-label={t("lot.digest")}>
        <Digest value={row.sha256} />
      </td>
      <td className="right">
        <a className="button small" href={row.href} download={row.name}>
          <Icon name="download" />
          {t("common.download")}
        </a>
      </td>
    </tr>
  );
}

/** Documents by version. Who took them is hidden, and shown as hidden. */
export function Documents({ lotId }: { readonly lotId: string }) {
  const t = useWords();
  const query = useQuery(documentsQuery(lotId));
  return (
    <Reading query={query}>
      {(rows) =>
        rows.length === 0 ? <Empty title={t("lot.noDocuments")} text={t("lot.noDocumentsText")} /> : <DocumentTable rows={rows} />
      }
    </Reading>
  );
}

function DocumentTable({ rows }: { readonly rows: readonly DocumentRow[] }) {
  const t = useWords();
  return (
    <>
      <table className="stacks">
        <caption className="only-readers">{t("lot.tab.documents")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("lot.document")}</th>
            <th scope="col">{t("lot.version")}</th>
            <th scope="col" className="right">
              {t("lot.size")}
            </th>
            <th scope="col">{t("lot.digest")}</th>
            <th scope="col">
              <span className="only-readers">{t("common.download")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <DocumentLine key={row.documentId + row.version} row={row} />
          ))}
        </tbody>
      </table>
      <p className="small second" style={{ padding: "14px 20px 18px" }}>
        <Locked>{t("lot.takersHidden")}</Locked> <Law>招标投标法 第二十二条</Law>
      </p>
    </>
  );
}
