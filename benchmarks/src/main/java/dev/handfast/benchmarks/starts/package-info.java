/** How long a start takes on a log of many decisions, with one build of Handfast and another. */
@NullMarked
package dev.handfast.benchmarks.starts;

import org.jspecify.annotations.NullMarked;
