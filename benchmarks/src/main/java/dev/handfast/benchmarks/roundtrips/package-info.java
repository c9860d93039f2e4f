/** How often a transaction waits for an answer of PostgreSQL. */
@NullMarked
package dev.handfast.benchmarks.roundtrips;

import org.jspecify.annotations.NullMarked;
