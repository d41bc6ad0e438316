// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";

/// @notice The plain token that gas figures are measured with: OpenZeppelin's ERC20 and ERC20Permit, 6 decimals.
contract BenchToken is ERC20Permit {
    constructor() ERC20("Bench", "BNC") ERC20Permit("Bench") {}

    function decimals() public pure override returns (uint8) {
        return 6;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}
