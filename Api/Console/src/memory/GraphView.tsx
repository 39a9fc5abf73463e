import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { memoryApi, type Scope } from '../api/memory';
import { Empty, Section, Wait } from '../ui/DetailPage';
import { Failure, Note } from '../ui/Notice';
import css from './Graph.module.css';
import { layout } from './layout';

const width = 560, height = 400;
const short = (s: string) => s.length > 20 ? `${s.slice(0, 19)}…` : s;

/** How what is remembered hangs together: a picture, and beside it the same as a list that every way of reading can use. */
export function GraphView({ scope }: { scope: Scope }) {
  const [entity, setEntity] = useState<string>();
  const [depth, setDepth] = useState(1);
  const graph = useQuery({ queryKey: ['memory', scope ?? 'me', 'graph', entity, depth], queryFn: ({ signal }) => memoryApi.graph(scope, entity, depth, signal), placeholderData: (previous) => previous });
  if (graph.isPending) return <Wait />;
  if (graph.isError) return <Failure error={graph.error} retry={() => void graph.refetch()} />;
  if (graph.data.nodes.length === 0) return <Empty title="Nothing to draw yet">Facts link people, things and values; they are drawn here once there are some.</Empty>;
  const { spots, edges, left } = layout(graph.data, entity, width, height);
  const spot = new Map(spots.map((s) => [s.entity, s]));
  const centre = spots[0]?.entity ?? '';
  return (
    <Section title={entity === undefined ? 'How it hangs together' : `Around ${entity}`} hint="Press a name to put it in the middle."
      action={<div className={css.tools}>
        {entity !== undefined && <button type="button" onClick={() => { setEntity(undefined); }}>Whole picture</button>}
        <label>Steps <select value={depth} onChange={(e) => { setDepth(Number(e.target.value)); }}>{[1, 2, 3].map((d) => <option key={d}>{d}</option>)}</select></label>
      </div>}>
      <div className={css.both}>
        <svg viewBox={`0 0 ${width} ${height}`} className={css.picture} role="img" aria-label={`${spots.length} entities and ${edges.length} relations around ${centre}; the list beside it tells them all`}>
          {edges.map((e) => {
            const a = spot.get(e.from), b = spot.get(e.to);
            return a && b && <line key={`${e.factId}-${e.from}-${e.to}`} x1={a.x} y1={a.y} x2={b.x} y2={b.y} data-sure={e.confidence >= 0.7 || undefined}><title>{`${e.from} ${e.predicate} ${e.to}`}</title></line>;
          })}
          {spots.map((s) => (
            <g key={s.entity} transform={`translate(${s.x} ${s.y})`} data-ring={s.ring} onClick={() => { setEntity(s.entity); }}>
              <title>{s.entity}</title>
              <circle r={s.ring === 0 ? 9 : 6} />
              <text y={s.ring === 0 ? 24 : 20} textAnchor="middle">{short(s.entity)}</text>
            </g>
          ))}
        </svg>
        <ul className={css.relations} tabIndex={0} aria-label="Relations">
          {edges.map((e) => (
            <li key={`${e.factId}-${e.from}-${e.to}`}>
              <Name is={e.from} set={setEntity} here={centre} /> <span>{e.predicate}</span> <Name is={e.to} set={setEntity} here={centre} />
            </li>
          ))}
        </ul>
      </div>
      {(left > 0 || graph.data.isCut) && <Note>There is more than is drawn{left > 0 ? `: ${left} entities are left out` : ''}. Put one in the middle to see what is around it.</Note>}
    </Section>
  );
}

const Name = ({ is, here, set }: { is: string; here: string; set: (entity: string) => void }) =>
  is === here ? <b>{is}</b> : <button type="button" onClick={() => { set(is); }}>{is}</button>;
