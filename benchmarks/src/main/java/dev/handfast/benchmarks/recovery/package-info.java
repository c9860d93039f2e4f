/** How long recovery takes for many transactions, beside bare Narayana. */
@NullMarked
package dev.handfast.benchmarks.recovery;

import org.jspecify.annotations.NullMarked;
