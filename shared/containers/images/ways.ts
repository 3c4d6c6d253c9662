/** How images reach a server: from a registry, from the runner, or from the runner where the registry does not give them. Apart from what does it, because it is read with the inputs. */
export const IMAGE_WAYS = ['auto', 'pull', 'transfer'] as const;
