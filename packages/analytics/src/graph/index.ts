export { type CompressedGraph, compressEdges, connectedParts, DisjointSets, stepsFrom } from './compressed-graph.ts'
export { type Arc, bestForest, depths, descendants } from './forest.ts'
