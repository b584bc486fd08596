// The last step of `npm run build:tests`: marks the build, so that no test project repeats it.
import { markBuild } from './build-mark.ts';

markBuild();
