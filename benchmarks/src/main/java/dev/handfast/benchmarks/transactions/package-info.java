/** What a transaction costs with one build of Handfast and with another. */
@NullMarked
package dev.handfast.benchmarks.transactions;

import org.jspecify.annotations.NullMarked;
