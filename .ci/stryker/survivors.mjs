// Compares the alterations that no test noticed with those listed with a reason: prints the differences, and ends with exit code 1 if any.
import { readFileSync } from 'node:fs';

const read = (path) => JSON.parse(readFileSync(path, 'utf8'));
const { files } = read('reports/out/stryker/mutation.json');
/** Each with its file, the original line, the replaced text, its replacement, and why no test notices it or needs to. */
const listed = read('.ci/stryker/survivors.json');

const nameOf = ({ file, line, from, to }) => `${file}: ${line}\n    ${from}  ->  ${to}`;
const known = new Set(listed.map(nameOf));
const survived = new Set(Object.entries(files).flatMap(([file, each]) => survivorsOf(file, each)));
const unlisted = [...survived].filter((name) => !known.has(name));
// A run over some files shows nothing about the other files.
const gone = listed.filter((each) => each.file in files && !survived.has(nameOf(each)));

for (const name of unlisted) console.log(`survived, and is not listed: ${name}`);
for (const each of gone) console.log(`listed, and did not survive: ${nameOf(each)}`);
console.log(
  `${survived.size} survived, ${unlisted.length} of them not listed; ${gone.length} listed ones did not survive`,
);
process.exitCode = unlisted.length + gone.length > 0 ? 1 : 0;

function survivorsOf(file, { source, mutants }) {
  const lines = source.split('\n');
  return mutants
    .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
    .map(({ location, replacement }) => {
      const line = lines[location.start.line - 1].trim();
      return nameOf({ file, line, from: textIn(lines, location), to: replacement });
    });
}

function textIn(lines, { start, end }) {
  const text = lines.slice(start.line - 1, end.line);
  text.push(text.pop().slice(0, end.column - 1));
  text[0] = text[0].slice(start.column - 1);
  return text.join('\n');
}
