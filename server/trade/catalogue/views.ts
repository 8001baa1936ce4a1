/** The only file that knows this stage's tables: projects and admissions as lists and numbering need them. */
import type { Queryable, View } from "../../record/index.ts";
import type { Transaction } from "../../runtime/database/index.ts";

export const catalogueView: View = {
  name: "catalogue.admissions",
  tables: ["catalogue.admitted_lot", "catalogue.admission", "catalogue.project"],
  on: {
    "prj.registered": async (tx, { stream, data, at }) => {
      await tx.query("INSERT INTO catalogue.project (project_id, buyer, name, project_code, registered_at) VALUES ($1, $2, $3, $4, $5)", [
        stream,
        data.buyer,
        data.name,
        data.projectCode,
        at,
      ]);
    },
    "adm.submitted": async (tx, { stream, data, at }) => {
      await tx.query(
        `INSERT INTO catalogue.admission (admission_id, project_id, title, buyer, agent, centre, state, submitted_at) VALUES ($1, $2, $3, $4, $5, $6, 'submitted', $7)
         ON CONFLICT (admission_id) DO UPDATE SET title = $3, agent = $5, centre = $6, state = 'submitted', submitted_at = $7`,
        [stream, data.projectId, data.title, data.buyer, data.agent, data.centre, at],
      );
    },
    "adm.sentBack": setState("returned"),
    "adm.checked": setState("checked"),
    "adm.opened": async (tx, event) => {
      await setState("used")(tx, event);
      for (const [index, lotId] of event.data.lotIds.entries()) {
        await tx.query("INSERT INTO catalogue.admitted_lot (lot_id, admission_id, position) VALUES ($1, $2, $3)", [
          lotId,
          event.stream,
          index,
        ]);
      }
    },
  },
};

function setState(state: string): View["on"][string] {
  return async (tx, { stream }) => {
    await tx.query("UPDATE catalogue.admission SET state = $2 WHERE admission_id = $1", [stream, state]);
  };
}

export interface Numbers {
  projects: number;
  admissions: number;
  lots: number;
}

/** How many there are, for the next official number. Whoever asks holds the lock of numbering until its transaction ends. */
export async function countForNumbering(tx: Transaction, projectId: string | null): Promise<Numbers> {
  await tx.query("SELECT pg_advisory_xact_lock(hashtextextended('catalogue.numbers', 3))");
  const { rows } = await tx.query<{ projects: string; admissions: string; lots: string }>(
    `SELECT (SELECT count(*) FROM catalogue.project) AS projects, (SELECT count(*) FROM catalogue.admitted_lot) AS lots,
       (SELECT count(*) FROM catalogue.admission WHERE project_id = $1 AND state = 'used') AS admissions`,
    [projectId],
  );
  const row = rows[0];
  return { projects: Number(row?.projects), admissions: Number(row?.admissions), lots: Number(row?.lots) };
}

/** Admissions of a project that stand (not returned), for sums over the project. */
export async function admissionsOfProject(db: Queryable, projectId: string): Promise<string[]> {
  const { rows } = await (db as Transaction).query<{ admission_id: string }>(
    "SELECT admission_id FROM catalogue.admission WHERE project_id = $1 AND state <> 'returned' ORDER BY admission_id",
    [projectId],
  );
  return rows.map((row) => row.admission_id);
}

export interface ListedProject {
  projectId: string;
  name: string;
  projectCode: string;
  registeredAt: string;
}

export async function projectsOf(db: Queryable, buyer: string): Promise<ListedProject[]> {
  const { rows } = await (db as Transaction).query(
    "SELECT * FROM catalogue.project WHERE buyer = $1 ORDER BY registered_at DESC, project_id DESC",
    [buyer],
  );
  return rows.map((row) => ({ projectId: row.project_id, name: row.name, projectCode: row.project_code, registeredAt: row.registered_at }));
}

export interface ListedAdmission {
  admissionId: string;
  projectId: string;
  title: string;
  state: string;
  submittedAt: string;
}

/** Admissions in which the organisation is buyer, agent or centre. */
export async function admissionsFor(db: Queryable, organisationId: string): Promise<ListedAdmission[]> {
  const { rows } = await (db as Transaction).query(
    "SELECT * FROM catalogue.admission WHERE $1 IN (buyer, agent, centre) ORDER BY submitted_at DESC, admission_id DESC",
    [organisationId],
  );
  return rows.map((row) => ({
    admissionId: row.admission_id,
    projectId: row.project_id,
    title: row.title,
    state: row.state,
    submittedAt: row.submitted_at,
  }));
}
