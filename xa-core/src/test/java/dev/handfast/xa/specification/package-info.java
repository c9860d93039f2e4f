/**
 * What Jakarta Transactions 2.0 says in its sections 3.1 to 3.6, and in the documentation of the
 * interfaces that they describe: a test for each sentence that can be tested.
 */
@NullMarked
package dev.handfast.xa.specification;

import org.jspecify.annotations.NullMarked;
