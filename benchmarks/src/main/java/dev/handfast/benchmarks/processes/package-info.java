/** The processes that a measurement starts: a database, a broker, and JVMs of its own. */
@NullMarked
package dev.handfast.benchmarks.processes;

import org.jspecify.annotations.NullMarked;
