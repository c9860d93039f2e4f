/** Takes messages for listeners, each in a global transaction of its own. */
@NullMarked
package dev.handfast.xa.artemis.internal.listen;

import org.jspecify.annotations.NullMarked;
