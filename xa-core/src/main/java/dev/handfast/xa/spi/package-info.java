/** What a resource adapter implements, and what the runtime gives it to work with. */
@NullMarked
package dev.handfast.xa.spi;

import org.jspecify.annotations.NullMarked;
