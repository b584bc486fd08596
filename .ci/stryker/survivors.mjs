// Holds the alterations that no test noticed against those that are listed with a reason: prints the others, and ends with exit code 1.
import { readFileSync } from 'node:fs';

const read = (path) => JSON.parse(readFileSync(path, 'utf8'));
const { files } = read('reports/out/stryker/mutation.json');
/** Each with the file, the line as it stands, what of it was replaced by what, and why no test can notice or needs to. */
const listed = read('.ci/stryker/survivors.json');

const nameOf = ({ file, line, from, to }) => `${file}: ${line}\n    ${from}  ->  ${to}`;
const known = new Set(listed.map(nameOf));
const survived = new Set(Object.entries(files).flatMap(([file, each]) => survivorsOf(file, each)));
const strangers = [...survived].filter((name) => !known.has(name));
// A run over some files says nothing about the others.
const gone = listed.filter((each) => each.file in files && !survived.has(nameOf(each)));

for (const name of strangers) console.log(`survived, and is not listed: ${name}`);
for (const each of gone) console.log(`listed, and did not survive: ${nameOf(each)}`);
console.log(
  `${survived.size} survived, ${strangers.length} of them not listed; ${gone.length} listed ones did not survive`,
);
process.exitCode = strangers.length + gone.length > 0 ? 1 : 0;

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
