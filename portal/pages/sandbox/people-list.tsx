/** People of the sandbox by role and organisation. */

import { useState } from "react";
import { useSession } from "../../api/session.ts";
import type { SandboxPerson } from "../../api/types.ts";
import { Tag } from "../../ui/marks.tsx";
import { useWords } from "../../words/index.ts";
import { roleWord, workRoles } from "../workbench/sides.ts";

type Props = {
  readonly people: readonly SandboxPerson[];
  readonly words: string;
  readonly role: string | undefined;
  readonly busy: string | undefined;
  readonly onBecome: (person: SandboxPerson) => void;
};

type GroupProps = Pick<Props, "busy" | "onBecome"> & {
  readonly role: string;
  readonly people: readonly SandboxPerson[];
  readonly all: boolean;
};

const fewAtFirst = 3;

function matches(person: SandboxPerson, words: string): boolean {
  const text = `${person.personName} ${person.organisationName} ${person.title}`;
  return words.split(/\s+/).every((word) => text.includes(word));
}

/** Groups in the order of the trade; a wanted role stands first. */
export function groupsOf(people: readonly SandboxPerson[], wanted?: string): readonly (readonly [string, readonly SandboxPerson[]])[] {
  const roles = [...new Set([...(wanted ? [wanted] : []), "buyer", "agent", "bidder", ...workRoles])];
  return roles.map((role) => [role, people.filter((person) => person.role === role)] as const).filter(([, members]) => members.length > 0);
}

function PersonLine({ person, busy, onBecome }: { readonly person: SandboxPerson } & Pick<Props, "busy" | "onBecome">) {
  const t = useWords();
  const { me } = useSession();
  const current = me?.membershipId === person.membershipId;
  return (
    <tr className={current ? "mine" : ""}>
      <td>
        <span>
          <b>{person.personName}</b> <span className="small second">{person.title}</span>
          <br />
          <span className="caption third">{person.organisationName}</span>
        </span>
      </td>
      <td className="right">
        {current ? (
          <Tag tone="primary">{t("sandboxPage.current")}</Tag>
        ) : (
          <button className="button small" type="button" disabled={busy !== undefined} onClick={() => onBecome(person)}>
            {t("sandboxPage.become")}
            <span className="only-readers"> {person.personName}</span>
          </button>
        )}
      </td>
    </tr>
  );
}

/** One role: the first few, the others on demand; whoever searches sees all that match. */
function RoleGroup({ role, people, all, ...line }: GroupProps) {
  const t = useWords();
  const [opened, setOpened] = useState(false);
  const shown = all || opened ? people : people.slice(0, fewAtFirst);
  return (
    <section aria-label={t(roleWord(role))}>
      <h3 className="field-label" style={{ padding: "14px 20px 4px" }}>
        {t(roleWord(role))}
      </h3>
      <table className="stacks">
        <caption className="only-readers">{t(roleWord(role))}</caption>
        <tbody>
          {shown.map((person) => (
            <PersonLine key={person.membershipId} person={person} {...line} />
          ))}
        </tbody>
      </table>
      {shown.length < people.length && (
        <p style={{ padding: "6px 20px 10px" }}>
          <button className="button small" type="button" onClick={() => setOpened(true)}>
            {t("sandboxPage.others", { count: people.length - shown.length })}
            <span className="only-readers"> {t(roleWord(role))}</span>
          </button>
        </p>
      )}
    </section>
  );
}

/** The list. */
export function PeopleList(props: Props) {
  const shown = props.people.filter((person) => matches(person, props.words));
  return (
    <>
      {groupsOf(shown, props.role).map(([role, people]) => (
        <RoleGroup
          key={role}
          role={role}
          people={people}
          all={props.words.trim() !== "" || role === props.role}
          busy={props.busy}
          onBecome={props.onBecome}
        />
      ))}
    </>
  );
}
