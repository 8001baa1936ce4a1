/** Projects and admissions: the buyer goes from project to admission, the centre checks what waits. */
import "../../words/desk-words.ts";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type AdmissionRow, admissionsQuery, projectsQuery } from "../../api/admissions.ts";
import { Card } from "../../ui/card.tsx";
import { Tag } from "../../ui/marks.tsx";
import { momentText } from "../../ui/time.ts";
import { useWords, type WordKey } from "../../words/index.ts";

const buyerSide = (role: string): boolean => role === "buyer" || role === "agent";

function AdmissionActs({ row, role }: { readonly row: AdmissionRow; readonly role: string }) {
  const t = useWords();
  const search = { fill: { admissionId: row.admissionId } };
  if (role === "centre" && row.state === "submitted") {
    return (
      <span className="row wrapping">
        <Link className="button small primary" to="/w/$role/acts/$act" params={{ role, act: "adm.check" }} search={search}>
          {t("admission.check")}
        </Link>
        <Link className="button small" to="/w/$role/acts/$act" params={{ role, act: "adm.sendBack" }} search={search}>
          {t("admission.sendBack")}
        </Link>
      </span>
    );
  }
  return <span className="caption third">{momentText(row.submittedAt)}</span>;
}

/** Both cards, as far as the role has them. */
export function AdmissionDesk({ role }: { readonly role: string }) {
  const t = useWords();
  const { data: admissions = [] } = useQuery(admissionsQuery);
  const { data: projects = [] } = useQuery(projectsQuery);
  return (
    <>
      {admissions.length > 0 && (
        <Card title={t("admission.title")} flush>
          {admissions.map((row) => (
            <div
              key={row.admissionId}
              className="row apart wrapping"
              style={{ padding: "12px 20px", borderTop: "1px solid var(--line-soft)" }}
            >
              <span>
                {row.title} <Tag tone={row.state === "submitted" ? "warning" : "neutral"}>{t(`admission.${row.state}` as WordKey)}</Tag>
              </span>
              <AdmissionActs row={row} role={role} />
            </div>
          ))}
        </Card>
      )}
      {buyerSide(role) && projects.length > 0 && (
        <Card title={t("admission.projects")} flush>
          {projects.map((project) => (
            <div
              key={project.projectId}
              className="row apart wrapping"
              style={{ padding: "12px 20px", borderTop: "1px solid var(--line-soft)" }}
            >
              <span>
                {project.name} <span className="caption third mono">{project.projectCode}</span>
              </span>
              <Link
                className="button small"
                to="/w/$role/acts/$act"
                params={{ role, act: "adm.submit" }}
                search={{ fill: { admission: { projectId: project.projectId } } }}
              >
                {t("admission.submit")}
              </Link>
            </div>
          ))}
        </Card>
      )}
    </>
  );
}
