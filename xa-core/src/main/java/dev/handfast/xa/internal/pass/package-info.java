/** When recovery lists the resource managers, and what it does with what they list. */
@NullMarked
package dev.handfast.xa.internal.pass;

import org.jspecify.annotations.NullMarked;
