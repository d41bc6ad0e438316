// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Relay, Terms} from "../../src/interfaces/IQBitFlowCheckout.sol";
import {CheckoutTest} from "../support/CheckoutTest.sol";
import {Signing} from "../support/Signing.sol";
import {vm} from "../support/Vm.sol";

contract HashesTest is CheckoutTest {
    function test_limits_are_a_tenth_each() public view {
        vm.assertEq(checkout.MAX_FEE_BPS(), 1000, "platform");
        vm.assertEq(checkout.MAX_ORGANIZATION_FEE_BPS(), 1000, "organization");
    }

    function testFuzz_hashes_are_the_eip712_hashes_of_the_documented_types(Terms calldata terms, Relay calldata relay)
        public
        view
    {
        vm.assertEq(checkout.hashTerms(terms), Signing.termsHash(terms), "terms");
        vm.assertEq(checkout.hashGasless(terms, relay), Signing.gaslessHash(terms, relay), "gasless");
    }
}
