import { useQuery } from '@tanstack/react-query';
import { selectionApi, type Calibration as View } from '../api/selection';
import { Badge, Section, Wait } from '../ui/DetailPage';
import { Failure } from '../ui/Notice';
import css from './Calibration.module.css';
import { Reliability } from './Reliability';

const figure = (v: number | null | undefined) => v === null || v === undefined ? 'none yet' : v.toFixed(3);
const isCalibrated = (c: View) => c.samples >= c.samplesNeeded;

/** How often answers of one expert are right, against how sure they were. */
export function Calibration({ agent }: { agent: string }) {
  const view = useQuery({ queryKey: ['learned', 'calibration', agent], queryFn: ({ signal }) => selectionApi.calibration(agent, signal) });
  const c = view.data;
  return (
    <Section title="Calibration" hint="Whether confidence keeps its word, by what readers say of the answers."
      action={c && <Badge kind={isCalibrated(c) ? 'ok' : 'warn'}>{isCalibrated(c) ? 'Calibrated' : `Uncalibrated until ${c.samplesNeeded.toLocaleString('en')} judgements`}</Badge>}>
      {view.isPending && <Wait />}
      {view.isError && <Failure error={view.error} retry={() => void view.refetch()} />}
      {c && <>
        <dl className={css.figures}>
          <div><dt>Judgements</dt><dd className="num">{c.samples.toLocaleString('en')}{!isCalibrated(c) && <small> of {c.samplesNeeded.toLocaleString('en')} needed</small>}</dd></div>
          <div><dt title="Mean square of value less outcome">Brier score</dt><dd className="num">{figure(c.brier)}{c.calibrated && <small> {figure(c.calibrated.brier)} after calibration</small>}</dd></div>
          <div><dt title="Expected calibration error over ten bins">Calibration error</dt><dd className="num">{figure(c.ece)}{c.calibrated && <small> {figure(c.calibrated.ece)} after calibration</small>}</dd></div>
        </dl>
        <p className={css.how}>Of both, 0 is perfect. Thumbs on answers are the judgements.</p>
        {c.samples > 0 && <Reliability bins={c.bins} />}
      </>}
    </Section>
  );
}
