// What to do with the artifact of a job: the lines that download it and replay a counterexample from it, for the summary of the job.
import { fencedText } from './markdown-safe.ts';

/** How a counterexample is replayed from the artifact of a job. */
export interface ArtifactReplay {
  /** The line that downloads the artifact into `folder`; undefined if the job does not say what its artifact is called. */
  readonly download?: string | undefined;
  /** The line that replays the counterexample from the folder. */
  readonly replay: string;
  readonly folder: string;
}

/** The Markdown. The lines are run in the folder of the configuration. */
export function renderArtifactReplay({ download, replay, folder }: ArtifactReplay): string {
  const how =
    download === undefined
      ? `Download the artifact of this job and unpack it into a folder \`${folder}\` in the folder of the configuration. Then run there:`
      : 'In the folder of the configuration:';
  const lines = [...(download === undefined ? [] : [download]), replay];
  return ['', '### Replay it on your machine', '', how, '', ...fencedText(lines.join('\n')), ''].join('\n');
}
