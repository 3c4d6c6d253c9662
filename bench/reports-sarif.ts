import { createWriteStream } from 'node:fs';
import { once } from 'node:events';

const RULES = 200;

/** Writes a SARIF file of about so many bytes, as a scanner of sources makes it: 200 rules, results of 1.3 kB. Returns how many results it has. */
export async function writeSarif(path: string, bytes: number): Promise<number> {
  const file = createWriteStream(path);
  const write = async (text: string): Promise<void> => {
    if (!file.write(text)) await once(file, 'drain');
  };
  const rules = Array.from({ length: RULES }, (_, index) => ruleOf(index));
  await write(`{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"tool":{"driver":{"name":"Scanner","semanticVersion":"1.2.3","rules":${JSON.stringify(rules)}}},"invocations":[{"executionSuccessful":true}],"results":[`);
  let count = 0;
  while (file.bytesWritten + file.writableLength < bytes) {
    await write(`${count === 0 ? '' : ','}\n${JSON.stringify(resultOf(count))}`);
    count++;
  }
  file.end(']}]}\n');
  await once(file, 'close');
  return count;
}

function ruleOf(index: number): object {
  return {
    id: `rule/${index}`, name: `Rule${index}`, shortDescription: { text: `What rule ${index} is about` }, fullDescription: { text: 'Text that comes from outside reaches a place where it is taken for code. '.repeat(3) },
    defaultConfiguration: { level: index % 3 === 0 ? 'error' : 'warning' }, properties: { tags: ['security', `external/cwe/cwe-0${70 + (index % 29)}`], 'security-severity': String((index % 100) / 10) },
  };
}

function resultOf(index: number): object {
  const uri = `services/part-${index % 97}/src/module-${index % 1_013}/file-${index}.ts`;
  const location = (line: number, text: string): object => ({ physicalLocation: { artifactLocation: { uri, uriBaseId: '%SRCROOT%', index }, region: { startLine: line, startColumn: 7, endLine: line, endColumn: 51, snippet: { text } } }, message: { text: 'a value that comes from outside' } });
  return {
    ruleId: `rule/${index % RULES}`, ruleIndex: index % RULES, level: index % 3 === 0 ? 'error' : 'warning',
    message: { text: `This query depends on a value that comes from outside [${index}](1). It is built in "${uri}" and reaches the database without being quoted.` },
    locations: [location((index % 900) + 1, "  const rows = await database.query('select * from orders where id = ' + request.query.id);\n")],
    relatedLocations: [location((index % 900) + 40, '  const { id } = request.query; // “from outside”\n')],
    partialFingerprints: { primaryLocationLineHash: `${(index * 2_654_435_761).toString(16)}:1`, primaryLocationStartColumnFingerprint: '4' },
  };
}
