import { brokenLayers } from './layers.ts';

const broken = await brokenLayers();
for (const line of broken) console.error(line);
if (broken.length > 0) process.exitCode = 1;
