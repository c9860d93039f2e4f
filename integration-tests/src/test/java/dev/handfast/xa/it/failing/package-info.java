/** A process whose file calls on the log's directory fail, each once. */
@NullMarked
package dev.handfast.xa.it.failing;

import org.jspecify.annotations.NullMarked;
