/** What holds a runtime up that is to end, each in a process of its own. */
@NullMarked
package dev.handfast.xa.it.shutdown;

import org.jspecify.annotations.NullMarked;
