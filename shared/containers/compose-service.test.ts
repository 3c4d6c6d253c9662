import { expect, test } from '@jest/globals';
import { composeServices, rollingFaults } from './compose-service.ts';

const services = (model: Record<string, object>) => composeServices(JSON.stringify({ services: model }));
const IMAGE = { image: 'shop/web:v1' };

test('a service is web, once, unless the compose file says otherwise', () => {
  expect(services({ web: IMAGE, queue: { ...IMAGE, labels: { 'slipway.role': 'worker' }, deploy: { replicas: 3 } } })).toMatchObject([
    { name: 'web', image: 'shop/web:v1', role: 'web', replicas: 1 }, { name: 'queue', role: 'worker', replicas: 3 },
  ]);
});

test('a service without an image, or of a role that is none, is refused by name', () => {
  expect(() => services({ web: { build: '.' } })).toThrow('Service web of the compose file has no image.');
  expect(() => services({ web: { ...IMAGE, labels: { 'slipway.role': 'cron' } } })).toThrow('Service web of the compose file has the label slipway.role: cron. Accepted are web, worker, singleton, lasting.');
});

test('what keeps a service from running beside its successor is named; others may have it', () => {
  const ports = (published: string) => [{ published, target: 80, protocol: 'tcp' }];
  expect(rollingFaults(services({
    named: { ...IMAGE, container_name: 'shop' }, fixed: { ...IMAGE, ports: ports('8080') }, host: { ...IMAGE, network_mode: 'host' },
    free: { ...IMAGE, ports: [{ target: 80 }] }, range: { ...IMAGE, ports: ports('8000-8010') },
    database: { ...IMAGE, container_name: 'db', ports: ports('5432'), labels: { 'slipway.role': 'lasting' } },
  }))).toEqual([
    expect.stringContaining('named has container_name shop'), expect.stringContaining('fixed publishes 8080:80/tcp'), expect.stringContaining('host has network_mode host'),
  ]);
});
