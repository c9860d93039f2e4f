/** The only importer of com.arjuna: sets its beans once and adapts our parts to it. */
@NullMarked
package dev.handfast.xa.internal.narayana;

import org.jspecify.annotations.NullMarked;
