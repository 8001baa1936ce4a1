/** All lots that the reader may know in this membership, each leading to its acts. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { knownLotsQuery } from "../../api/find-lots.ts";
import type { Me } from "../../api/types.ts";
import { RunningLots } from "../../ui/act-list.tsx";
import { Card, Empty } from "../../ui/card.tsx";
import { Reading } from "../../ui/reading.tsx";
import { useTitle } from "../../ui/shell.tsx";
import { WorkShell } from "../../ui/work-shell.tsx";
import { useWords } from "../../words/index.ts";
import { RoleGuard } from "./guard.tsx";
import { roleWord, sideOf } from "./sides.ts";

const route = getRouteApi("/w/$role/lots");

function OwnLots({ me }: { readonly me: Me }) {
  const t = useWords();
  const query = useQuery(knownLotsQuery);
  useTitle(t("work.lots"));
  return (
    <WorkShell role={roleWord(me.role)} entries={sideOf(me.role, 0)}>
      <div className="hello">
        <h1>{t("work.lots")}</h1>
      </div>
      <Reading query={query}>
        {({ lots, total }) => (
          <Card title={t("notices.count", { count: total })} flush>
            {lots.length > 0 ? <RunningLots lots={lots} role={me.role} /> : <Empty title={t("work.noLots")} text={t("work.noLotsText")} />}
          </Card>
        )}
      </Reading>
    </WorkShell>
  );
}

/** `/w/:role/lots` */
export function OwnLotsPage() {
  const { role } = route.useParams();
  return <RoleGuard role={role}>{(me) => <OwnLots me={me} />}</RoleGuard>;
}
