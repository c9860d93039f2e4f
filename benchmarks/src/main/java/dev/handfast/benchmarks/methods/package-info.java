/** What an annotated method costs more than its transaction by hand. */
@NullMarked
package dev.handfast.benchmarks.methods;

import org.jspecify.annotations.NullMarked;
